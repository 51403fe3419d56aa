"""What happens on the main screen, apart from how it looks: searching, reading, taking notes."""
