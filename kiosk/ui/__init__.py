"""All of Qt: what faces QML, and how the screen process starts."""
