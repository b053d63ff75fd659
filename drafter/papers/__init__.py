"""What became of the opinions, as papers: the table of all of them (意见采纳情况汇总表), an answer to each unit, the table for the public."""
