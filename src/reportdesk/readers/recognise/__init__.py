"""What can be seen, to a proposal: front matter, sections and prose by the form's labels."""
