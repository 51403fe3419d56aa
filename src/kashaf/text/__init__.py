"""Arabic text: sanitising, folding with offset maps, tokens, clitics and stems."""
