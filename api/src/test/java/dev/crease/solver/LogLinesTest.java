package dev.crease.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  @Test
  void piecesBecomeLines() {
    List<String> lines = new ArrayList<>();
    LogLines log = new LogLines(lines::add);
    log.add("one\n");
    log.add("t");
    log.add("");
    log.add("wo\n\nthree\r\nfo");
    assertEquals(List.of("one", "two", "", "three"), lines);
    log.add("ur");
    log.end();
    log.end();
    assertEquals(List.of("one", "two", "", "three", "four"), lines);
  }
}
