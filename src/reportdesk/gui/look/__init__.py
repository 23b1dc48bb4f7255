"""How the window looks: colours, type, icons, symbols, controls. Knows no report."""
