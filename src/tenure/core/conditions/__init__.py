"""Conditions: which accounts are meant, as a document, a tree, and a plain reference meaning.

document.py reads and writes the JSON form, tree.py is what it means, fields.py what it can ask about; interpreter.py
answers slowly and obviously, and the engines of tenure.warehouse are held to it. docs/conditions.md says it for people.
"""
