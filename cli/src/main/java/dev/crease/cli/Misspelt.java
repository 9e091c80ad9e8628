package dev.crease.cli;

import dev.crease.cli.session.Configuration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was not understood on a command line, and the names that are nearest to it. */
final class Misspelt {

  /** How many letters may be wrong: a third of them, but two where there are few. */
  private static final int SHARE = 3;

  private static final int LEAST = 2;
  private static final int MOST_NAMES = 3;

  private Misspelt() {}

  /**
   * A line on the first argument that was not understood; a flag first of all, since what follows
   * it may be its value.
   *
   * @return empty where all was understood, or what was not is no reason for the exception
   */
  static Optional<String> in(ParameterException e) {
    CommandLine command = e.getCommandLine();
    boolean isReason = e instanceof UnmatchedArgumentException;
    List<String> unmatched =
        e instanceof UnmatchedArgumentException u
            ? u.getUnmatched()
            : command.getUnmatchedArguments();
    if (isReason && !unmatched.isEmpty() && isForCommand(command) && !isFlag(unmatched.get(0))) {
      // What follows is for a command that there is not.
      return Optional.of(argument(command, unmatched.get(0)));
    }
    Optional<String> flag = unmatched.stream().filter(Misspelt::isFlag).findFirst();
    if (flag.isPresent()) {
      return flag.map(f -> flag(command, f.replaceFirst("=.*", "")));
    }
    return isReason
        ? unmatched.stream().findFirst().map(a -> argument(command, a))
        : Optional.empty();
  }

  private static boolean isFlag(String argument) {
    return argument.matches("--?[A-Za-z].*");
  }

  private static String flag(CommandLine command, String flag) {
    Stream<String> known =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName);
    return "there is no flag " + flag + nearest(flag, known);
  }

  /** Whether what belongs next is the name of a command. */
  private static boolean isForCommand(CommandLine command) {
    return !command.getSubcommands().isEmpty()
        && command.getCommandSpec().args().stream().allMatch(ArgSpec::isOption);
  }

  private static String argument(CommandLine command, String argument) {
    if (!isForCommand(command)) {
      return argument + " is not understood: all that belongs before it is there";
    }
    Stream<String> known =
        command.getSubcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey);
    return "there is no command " + argument + nearest(argument, known);
  }

  private static String nearest(String name, Stream<String> known) {
    int most = Math.max(LEAST, name.length() / SHARE);
    List<String> near =
        known
            .filter(k -> Configuration.edits(k, name) <= most || k.startsWith(name))
            .sorted(
                Comparator.<String>comparingInt(k -> Configuration.edits(k, name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_NAMES)
            .toList();
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }
}
