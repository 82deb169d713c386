"""Tests of Expurgate; they mirror `src/expurgate`."""
