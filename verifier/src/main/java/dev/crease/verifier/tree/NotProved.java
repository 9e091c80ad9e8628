package dev.crease.verifier.tree;

/** What a tree does not prove, and where, in one line. */
public final class NotProved extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotProved(String message) {
    super(message);
  }
}
