"""A BPMN file and a model, word by word: what a file says in the model's words, and a model's changes in the file.

`sources` reads with it, `exports` writes with it; so both mean the same by the same element.
"""
