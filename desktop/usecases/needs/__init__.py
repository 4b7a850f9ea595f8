"""Needs in the words people use, and the ones nothing fits yet."""
