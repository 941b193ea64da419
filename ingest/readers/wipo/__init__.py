"""Files in the XML of WIPO standard ST.96."""
