"""Scenarios on the screen: the grid, the difference, the list, the form and the picker."""
