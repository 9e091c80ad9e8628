package dev.crease.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  @Test
  void saysHowMuchIsLeft() {
    assertEquals(
        "[........................] 0/400  0.00 s", ProgressBar.text(0, 400, 0, Duration.ZERO));
    assertEquals(
        "[############............] 200/400  50.0 s, about 100.0 s left",
        ProgressBar.text(200, 400, 100, Duration.ofSeconds(50)));
    assertEquals(
        "[########################] 400/400  3 min 20 s",
        ProgressBar.text(400, 400, 100, Duration.ofSeconds(200)));
  }
}
