package dev.crease.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.crease.certify.CertifierRegistry;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Query;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command that answers questions works with. */
record Session(Crease crease, PrintWriter out, PrintWriter err, Config config) {

  static Session of(CommandSpec spec, SolverOptions flags) {
    return new Session(
        (Crease) spec.root().userObject(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        flags.load());
  }

  /** The certifier that the configuration selects for a question. */
  CertifierRegistry.Choice choose(Query query, CertifyOptions options) {
    try {
      return CertifierRegistry.discover(config)
          .select(SolverOptions.solvers(config), query, options);
    } catch (ConfigException e) {
      throw Configuration.bad(e);
    }
  }

  /** The options that the configuration gives, stopped by Ctrl-C. */
  CertifyOptions options(boolean log) {
    crease.interruption().listen();
    CertifyOptions.Builder options =
        SolverOptions.certifyOptions(config).cancellation(crease.interruption().cancellation());
    if (log) {
      options.logSink(err::println);
    }
    return options.build();
  }

  /** A progress line, when somebody looks and no log is in the way. */
  ProgressLine progress(boolean log) {
    return new ProgressLine(err, crease.isTerminal() && !log);
  }
}
