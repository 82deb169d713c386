"""What the tests share: real repositories, planted values, damage, canaries, the program as users call it."""
