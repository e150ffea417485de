"""The canvas: a flow as a lane of cards, and what a login made of it."""
