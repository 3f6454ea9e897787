"""The HTTP interface: what terminals ask, and what anybody may verify."""
