"""The small widgets that canvas, panels, dialogs and the main window are put together from."""
