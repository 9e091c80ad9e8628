package dev.crease.verifier;

import java.util.List;

/** What became of a certificate. */
public sealed interface Verification {

  /**
   * Nothing is wrong with it.
   *
   * @param question which question about which networks it answers
   * @param findings what it says, part by part; none if it says nothing
   */
  record Accepted(String question, List<Finding> findings) implements Verification {

    /** Copies the findings. */
    public Accepted {
      findings = List.copyOf(findings);
    }

    /** Whether it says something, and all that it says was proved here. */
    public boolean isComplete() {
      return !findings.isEmpty() && findings.stream().allMatch(Finding::isProved);
    }
  }

  /**
   * It does not prove what it says.
   *
   * @param reason what is wrong and where, in one line
   */
  record Refused(String reason) implements Verification {}

  /**
   * The check was stopped: neither accepted nor refused.
   *
   * @param reason why, in one line
   */
  record Undecided(String reason) implements Verification {}

  /**
   * One part of a certificate.
   *
   * @param text what it says and how it was checked
   * @param isProved whether it was proved here; if not, it is only repeated
   */
  record Finding(String text, boolean isProved) {}
}
