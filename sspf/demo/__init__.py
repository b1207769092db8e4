"""An invented municipality with invented people, to try the product on. Seeds through the services only."""
