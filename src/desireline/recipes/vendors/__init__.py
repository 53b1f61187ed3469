"""Recipes that come with Desireline for the exports of well-known vendors, and the columns by which these are told.

    from desireline.recipes.vendors.catalog import vendor_names, vendor
    vendor("zendesk").recipe

A vendor is two files here: an ordinary recipe, and the shapes of the tables that its export has.
"""
