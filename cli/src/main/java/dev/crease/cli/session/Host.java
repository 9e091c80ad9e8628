package dev.crease.cli.session;

import com.typesafe.config.Config;
import dev.crease.choose.CertifierRegistry;
import picocli.CommandLine.Model.CommandSpec;

/** What every command runs in: the top command. */
public interface Host {

  /** That of a command. */
  static Host of(CommandSpec spec) {
    return (Host) spec.root().userObject();
  }

  /** The certifiers and backends on the class path. */
  CertifierRegistry backends(Config config);

  /** Whether a person is looking. */
  boolean isTerminal();

  /** What stops a running command. */
  Interruption interruption();
}
