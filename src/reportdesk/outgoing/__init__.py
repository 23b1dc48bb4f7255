"""Files for others: exports, 报送 and its proof, the office's own papers."""
