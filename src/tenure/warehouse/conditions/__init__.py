"""Conditions compiled to SQL, once for both engines: what differs between them is a Dialect, one small file each.

question.py is what can be asked, plan.py makes one statement of it, evidence.py gathers what explains one account.
"""
