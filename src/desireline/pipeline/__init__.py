"""The two trips, each on one page: from files to the lake (`bringing`), and from the lake to readings (`measuring`).

    bring in:  look at columns → load what is joined → read → clean → stage → settle the partners
    measure:   walk (place, cut, align, bind) → observe → combine → finish

Edges (reading files, keeping tables) are handed in, so both trips run on anything that has the same shape.
"""
