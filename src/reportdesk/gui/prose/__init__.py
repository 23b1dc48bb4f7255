"""The parts of prose: typing into them, finding, inserting, taking over last year's."""
