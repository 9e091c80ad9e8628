package dev.crease.verifier;

import java.util.Optional;

/**
 * Is told how far the check of a certificate has come, a few times a second, and may stop it. May
 * be called from several threads, one at a time; must return quickly and not throw.
 */
@FunctionalInterface
public interface Monitor {

  /**
   * The check has come this far.
   *
   * @param stage what is being checked
   * @return why to stop, in a few words; empty to go on
   */
  Optional<String> at(String stage);

  /** A monitor that never stops. */
  static Monitor none() {
    return stage -> Optional.empty();
  }
}
