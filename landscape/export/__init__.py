"""Pictures and files made from results, without a browser and without the app."""
