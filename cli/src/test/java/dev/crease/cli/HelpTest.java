package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help is wrapped once, by picocli: a text that is broken by hand besides leaves stumps of lines.
 */
class HelpTest {

  private static final int WIDTH = 80;

  static Stream<CommandSpec> commands() {
    Command top = Crease.class.getAnnotation(Command.class);
    return Arrays.stream(top.subcommands())
        .filter(type -> type.getName().startsWith("dev.crease."))
        .flatMap(type -> all(new CommandLine(type)));
  }

  private static Stream<CommandSpec> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command.getCommandSpec()),
        command.getSubcommands().values().stream().flatMap(HelpTest::all));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void textsAreNotBrokenByHand(CommandSpec command) {
    check(command.usageMessage().description());
    check(command.usageMessage().footer());
    for (ArgSpec argument : command.args()) {
      check(argument.description());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void linesFit(CommandSpec command) {
    List<String> lines = command.commandLine().getUsageMessage().lines().toList();
    lines.forEach(line -> assertTrue(line.length() <= WIDTH, line));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("Usage: ")), lines.toString());
    for (String line : command.usageMessage().footer()) {
      // An example that is wrapped cannot be copied.
      assertTrue(!line.startsWith("  ") || line.length() < WIDTH, line);
    }
  }

  private static void check(String[] texts) {
    for (int i = 0; i + 1 < texts.length; i++) {
      String text = texts[i];
      boolean ends = text.isEmpty() || text.startsWith("  ") || text.matches("(?s).*[.:]");
      assertTrue(ends || texts[i + 1].isEmpty() || texts[i + 1].startsWith("  "), text);
    }
  }
}
