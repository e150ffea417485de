"""The panels round the lane: each shows a value and says what its user wishes."""
