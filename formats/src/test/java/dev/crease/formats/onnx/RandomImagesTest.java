package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.crease.formats.source.ReadNetwork;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random chains of convolutions, pooling and activations with bends: the network equals their
 * definitions, written out as loops over a padded image, in exact arithmetic.
 */
class RandomImagesTest {

  @Property(tries = 150, seed = "20260102", shrinking = ShrinkingMode.OFF)
  void networkIsExactlyTheGraph(@ForAll long seed) {
    Chain chain = new Chain(new Random(seed));
    chain.grow();
    ReadNetwork read = chain.model.read();
    assertEquals(List.of(), read.notes());
    assertArrayEquals(
        Arrays.stream(chain.image.values)
            .map(BigDecimal::stripTrailingZeros)
            .toArray(BigDecimal[]::new),
        RandomChainsTest.exactly(read.network(), chain.x));
  }

  /** Channels of rows of pixels. */
  private static final class Image {

    private final int channels;
    private final int height;
    private final int width;
    private final BigDecimal[] values;

    Image(int channels, int height, int width) {
      this.channels = channels;
      this.height = height;
      this.width = width;
      this.values = new BigDecimal[channels * height * width];
      Arrays.fill(values, BigDecimal.ZERO);
    }

    BigDecimal get(int c, int i, int j) {
      return values[(c * height + i) * width + j];
    }

    void set(int c, int i, int j, BigDecimal value) {
      values[(c * height + i) * width + j] = value;
    }

    void add(int c, int i, int j, BigDecimal value) {
      set(c, i, j, get(c, i, j).add(value));
    }

    boolean has(int i, int j) {
      return i >= 0 && i < height && j >= 0 && j < width;
    }
  }

  /** A growing chain and, next to it, the exact value of its last image. */
  private static final class Chain {

    private final Random random;
    private final TestModel model;
    private final double[] x;
    private Image image;
    private String last = "x";
    private int count;

    Chain(Random random) {
      this.random = random;
      image = new Image(2, 2 + random.nextInt(3), 2 + random.nextInt(3));
      x = numbers(image.values.length);
      Arrays.setAll(image.values, i -> new BigDecimal(x[i]));
      model = TestModel.doubles().input("x", 1, image.channels, image.height, image.width);
    }

    void grow() {
      int steps = 1 + random.nextInt(4);
      for (int k = 0; k < steps; k++) {
        step();
      }
      model.output(last);
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> convolution();
        case 2 -> transposed();
        case 3 -> maxPool();
        case 4 -> averagePool();
        case 5 -> {
          double alpha = random.nextBoolean() ? 0.1f : random.nextInt(5) - 2;
          node("LeakyRelu", last, number("alpha", alpha));
          each(v -> v.signum() >= 0 ? v : v.multiply(new BigDecimal(alpha)));
        }
        case 6 -> {
          double low = random.nextInt(3) - 2;
          double high = low + random.nextInt(3) * 0.3;
          String bounds = constant(new double[] {low}) + " " + constant(new double[] {high});
          node("Clip", last + " " + bounds);
          each(v -> v.max(new BigDecimal(low)).min(new BigDecimal(high)));
        }
        default -> {
          node("Abs", last);
          each(BigDecimal::abs);
        }
      }
    }

    private void each(UnaryOperator<BigDecimal> function) {
      Arrays.setAll(image.values, i -> function.apply(image.values[i]));
    }

    /** How a kernel slides: sizes, strides, dilations, and padding before and after. */
    private final class Slide {

      private final int[] taps = {1 + random.nextInt(2), 1 + random.nextInt(2)};
      private final int[] strides = {1 + random.nextInt(2), 1 + random.nextInt(2)};
      private final int[] dilations = {1 + random.nextInt(2), 1 + random.nextInt(2)};
      private final int[] before = pads();
      private final int[] after = pads();

      private int[] pads() {
        // Less than the kernel, so that no window lies in the padding alone.
        return new int[] {taps[0] > 1 ? random.nextInt(2) : 0, taps[1] > 1 ? random.nextInt(2) : 0};
      }

      int reach(int axis) {
        return (taps[axis] - 1) * dilations[axis] + 1;
      }

      int positions(int axis, int size) {
        return (size + before[axis] + after[axis] - reach(axis)) / strides[axis] + 1;
      }

      boolean fits() {
        return reach(0) <= image.height && reach(1) <= image.width;
      }

      AttributeProto[] attributes(boolean withDilations, AttributeProto... more) {
        AttributeProto[] all = Arrays.copyOf(more, more.length + (withDilations ? 4 : 3));
        all[more.length] = integers("kernel_shape", taps[0], taps[1]);
        all[more.length + 1] = integers("strides", strides[0], strides[1]);
        all[more.length + 2] = integers("pads", before[0], before[1], after[0], after[1]);
        if (withDilations) {
          all[more.length + 3] = integers("dilations", dilations[0], dilations[1]);
        }
        return all;
      }
    }

    private void convolution() {
      Slide slide = new Slide();
      if (!slide.fits()) {
        return;
      }
      int groups = image.channels % 2 == 0 && random.nextBoolean() ? 2 : 1;
      int features = groups * (1 + random.nextInt(2));
      int each = image.channels / groups;
      double[] w = numbers(features * each * slide.taps[0] * slide.taps[1]);
      double[] b = numbers(features);
      node(
          "Conv",
          last
              + " "
              + constant(w, features, each, slide.taps[0], slide.taps[1])
              + " "
              + constant(b, features),
          slide.attributes(true, integer("group", groups)));
      Image result =
          new Image(features, slide.positions(0, image.height), slide.positions(1, image.width));
      for (int f = 0; f < features; f++) {
        for (int c = 0; c < each; c++) {
          for (int p = 0; p < slide.taps[0]; p++) {
            for (int q = 0; q < slide.taps[1]; q++) {
              double weight = w[((f * each + c) * slide.taps[0] + p) * slide.taps[1] + q];
              slideOver(slide, result, f, f / (features / groups) * each + c, p, q, weight);
            }
          }
        }
        for (int i = 0; i < result.height * result.width; i++) {
          result.add(f, i / result.width, i % result.width, new BigDecimal(b[f]));
        }
      }
      image = result;
    }

    private void slideOver(Slide slide, Image to, int f, int c, int p, int q, double weight) {
      for (int i = 0; i < to.height; i++) {
        for (int j = 0; j < to.width; j++) {
          int row = i * slide.strides[0] - slide.before[0] + p * slide.dilations[0];
          int column = j * slide.strides[1] - slide.before[1] + q * slide.dilations[1];
          if (image.has(row, column)) {
            to.add(f, i, j, image.get(c, row, column).multiply(new BigDecimal(weight)));
          }
        }
      }
    }

    private void transposed() {
      Slide slide = new Slide();
      int groups = image.channels % 2 == 0 && random.nextBoolean() ? 2 : 1;
      int each = 1 + random.nextInt(2);
      int inGroup = image.channels / groups;
      double[] w = numbers(image.channels * each * slide.taps[0] * slide.taps[1]);
      int height =
          slide.strides[0] * (image.height - 1) + slide.reach(0) - slide.before[0] - slide.after[0];
      int width =
          slide.strides[1] * (image.width - 1) + slide.reach(1) - slide.before[1] - slide.after[1];
      if (height < 1 || width < 1 || height * width > 100) {
        return;
      }
      node(
          "ConvTranspose",
          last + " " + constant(w, image.channels, each, slide.taps[0], slide.taps[1]),
          slide.attributes(true, integer("group", groups)));
      Image result = new Image(each * groups, height, width);
      for (int c = 0; c < image.channels; c++) {
        for (int e = 0; e < each; e++) {
          for (int p = 0; p < slide.taps[0]; p++) {
            for (int q = 0; q < slide.taps[1]; q++) {
              double weight = w[((c * each + e) * slide.taps[0] + p) * slide.taps[1] + q];
              spread(slide, result, c / inGroup * each + e, c, p, q, weight);
            }
          }
        }
      }
      image = result;
    }

    private void spread(Slide slide, Image to, int f, int c, int p, int q, double weight) {
      for (int i = 0; i < image.height; i++) {
        for (int j = 0; j < image.width; j++) {
          int row = i * slide.strides[0] - slide.before[0] + p * slide.dilations[0];
          int column = j * slide.strides[1] - slide.before[1] + q * slide.dilations[1];
          if (to.has(row, column)) {
            to.add(f, row, column, image.get(c, i, j).multiply(new BigDecimal(weight)));
          }
        }
      }
    }

    private void maxPool() {
      Slide slide = new Slide();
      if (!slide.fits()) {
        return;
      }
      node("MaxPool", last, slide.attributes(true));
      Image result =
          new Image(
              image.channels, slide.positions(0, image.height), slide.positions(1, image.width));
      for (int k = 0; k < result.values.length; k++) {
        int c = k / result.width / result.height;
        int i = k / result.width % result.height * slide.strides[0] - slide.before[0];
        int j = k % result.width * slide.strides[1] - slide.before[1];
        BigDecimal largest = null;
        for (int t = 0; t < slide.taps[0] * slide.taps[1]; t++) {
          int row = i + t / slide.taps[1] * slide.dilations[0];
          int column = j + t % slide.taps[1] * slide.dilations[1];
          if (image.has(row, column)) {
            BigDecimal value = image.get(c, row, column);
            largest = largest == null ? value : largest.max(value);
          }
        }
        result.values[k] = largest;
      }
      image = result;
    }

    /** The average over a power of two of cells, which is exact in doubles. */
    private void averagePool() {
      Slide slide = new Slide();
      if (slide.taps[0] > image.height || slide.taps[1] > image.width) {
        return;
      }
      slide.dilations[0] = 1;
      slide.dilations[1] = 1;
      node("AveragePool", last, slide.attributes(false, integer("count_include_pad", 1)));
      Image result =
          new Image(
              image.channels, slide.positions(0, image.height), slide.positions(1, image.width));
      double part = 1.0 / (slide.taps[0] * slide.taps[1]);
      for (int c = 0; c < image.channels; c++) {
        for (int t = 0; t < slide.taps[0] * slide.taps[1]; t++) {
          slideOver(slide, result, c, c, t / slide.taps[1], t % slide.taps[1], part);
        }
      }
      image = result;
    }

    private void node(String op, String inputs, AttributeProto... attributes) {
      last = "v" + count++;
      model.node(op, inputs, last, attributes);
    }

    private String constant(double[] entries, int... dims) {
      String name = "c" + count++;
      model.tensor(name, entries, dims);
      return name;
    }

    private double[] numbers(int n) {
      double[] numbers = new double[n];
      Arrays.setAll(
          numbers, i -> random.nextInt(5) == 0 ? random.nextInt(5) - 2 : random.nextGaussian());
      return numbers;
    }
  }
}
