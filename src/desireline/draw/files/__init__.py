"""A drawn map as files for others: pictures, pages, slides, workbooks."""
