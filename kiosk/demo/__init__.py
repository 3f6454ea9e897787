"""A scripted visitor and the stage it plays on: real center, real backroom, twins for devices."""
