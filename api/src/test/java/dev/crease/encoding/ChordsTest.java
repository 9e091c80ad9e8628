package dev.crease.encoding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChordsTest {

  @Test
  void theHullHoldsEveryShareOfEveryDifference() {
    Random random = new Random(1);
    for (int k = 0; k < 20_000; k++) {
      double scale = Math.pow(10, random.nextInt(13) - 6);
      double a = scale * random.nextGaussian();
      double b = scale * random.nextGaussian() * (k % 3 == 0 ? 1e-9 : 1);
      double l = Math.min(a, b);
      double u = Math.max(a, b);
      Chords chords = Chords.of(l, u);
      for (double dz : new double[] {l, u, l + random.nextDouble() * (u - l)}) {
        for (double share : new double[] {0, 1, random.nextDouble()}) {
          double dy = share * dz;
          double slack = 1e-15 * (u - l + Math.abs(dz));
          assertTrue(dy <= chords.upSlope() * dz + chords.upConstant() + slack);
          assertTrue(dy >= chords.lowSlope() * dz + chords.lowConstant() - slack);
        }
      }
    }
  }
}
