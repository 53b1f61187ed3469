"""The server of the web app: the same use cases as the command line, for browsers and programs."""
