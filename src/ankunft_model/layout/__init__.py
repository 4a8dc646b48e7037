"""Boxes, lines and bands on a sheet: `lay_out` gives each its place, `check_layout` says what is wrong with one."""
