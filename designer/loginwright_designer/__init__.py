"""The desktop application to compose login flows, edit them, step through them and export them."""
