package dev.crease.cli;

import dev.crease.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Arguments that each make sense and do not together, in any command: a file that is to be written
 * twice, or read and written; and two values for one input or parameter, of which one would be
 * lost.
 */
final class Clashes {

  /** Flags of files that are written. */
  private static final Set<String> WRITTEN =
      Set.of("--json", "--certificate", "--plot", "--csv", "--out", "--lp", "--mps", "--pieces");

  private Clashes() {}

  /**
   * Refuses them.
   *
   * @throws BadInput if there are some; the message names both
   */
  static void refuse(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    List<ArgSpec> matched = new ArrayList<>(command.matchedOptions());
    matched.addAll(command.matchedPositionals());
    matched.forEach(Clashes::refuseRepeated);
    refuseSameFile(matched);
  }

  private static void refuseRepeated(ArgSpec argument) {
    if (!argument.typeInfo().isMap()) {
      return;
    }
    Map<String, String> seen = new HashMap<>();
    for (String given : argument.originalStringValues()) {
      for (String entry :
          argument.splitRegex().isEmpty()
              ? List.of(given)
              : List.of(given.split(argument.splitRegex()))) {
        String key = entry.substring(0, Math.max(0, entry.indexOf('='))).strip();
        String before = seen.put(key, entry);
        if (before != null) {
          throw new BadInput(name(argument) + " has " + before + " and " + entry + "; give one");
        }
      }
    }
  }

  private static void refuseSameFile(List<ArgSpec> matched) {
    Map<Path, String> read = new HashMap<>();
    Map<Path, String> written = new HashMap<>();
    Set<String> streams = new HashSet<>();
    for (ArgSpec argument : matched) {
      for (Path path : paths(argument)) {
        String name = name(argument);
        boolean writes = argument instanceof OptionSpec && WRITTEN.contains(name);
        if (path.toString().equals("-")) {
          if (writes && !streams.isEmpty()) {
            throw new BadInput(
                streams.iterator().next() + " and " + name + " both go to standard output");
          }
          streams.add(name);
          continue;
        }
        String other = (writes ? written : read).put(file(path), name);
        if (writes && other != null) {
          throw new BadInput(other + " and " + name + " both write " + path);
        }
      }
    }
    written.forEach(
        (path, name) -> {
          if (read.containsKey(path)) {
            throw new BadInput(
                name + " would overwrite " + path + ", which " + read.get(path) + " reads");
          }
        });
  }

  private static List<Path> paths(ArgSpec argument) {
    Object value = argument.getValue();
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    return value instanceof Path path ? List.of(path) : List.of();
  }

  /** One name for a file, however it is reached. */
  private static Path file(Path path) {
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
      Path parent = path.toAbsolutePath().getParent();
      return parent != null && Files.exists(parent)
          ? parent.toRealPath().resolve(path.getFileName())
          : path.toAbsolutePath().normalize();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : ((PositionalParamSpec) argument).paramLabel();
  }
}
