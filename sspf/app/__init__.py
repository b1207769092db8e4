"""Where the parts are put together. Nothing imports it but the command line and the demo."""
