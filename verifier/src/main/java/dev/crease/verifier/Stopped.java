package dev.crease.verifier;

/** Why a check was given up before it came to an end, in one line. */
final class Stopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Stopped(String message) {
    super(message);
  }
}
