"""From data to a drawn map: touchpoints, stages and links with their support, and routes that many share."""
