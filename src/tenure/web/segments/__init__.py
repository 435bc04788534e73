"""Segments and conditions on screen: the editor with what it says live, the list of segments, one segment, overlaps."""
