package dev.crease.verifier;

/** Why a certificate proves nothing, in one line. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
