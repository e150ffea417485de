"""How the designer looks: colours by role, text styles, icons, and the shapes that states have."""
