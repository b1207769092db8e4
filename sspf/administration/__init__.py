"""What the administrator sees: whether the installation is fit to serve. Knows no case."""
