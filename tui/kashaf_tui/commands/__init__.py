"""One file a command. Headless: prints text or JSON and never imports textual."""
