"""Helpers of tests and benchmarks: real servers on loopback, photos in the public domain, and clients.

Tests, fakes and benchmarks may import all of it. No served code may.
"""
