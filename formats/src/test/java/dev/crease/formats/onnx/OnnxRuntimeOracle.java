package dev.crease.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.crease.network.ReluNetwork;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Compares a network with what ONNX Runtime computes from the same file. */
public final class OnnxRuntimeOracle {

  private static final double TOLERANCE = 1e-5;

  private OnnxRuntimeOracle() {}

  /** Fails unless both agree, relative to {@code max(1, |y|)}, at random points. */
  public static void assertAgrees(byte[] model, ReluNetwork network, int points, double spread) {
    Random random = new Random(7);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession session = environment.createSession(model, options)) {
        for (int p = 0; p < points; p++) {
          double[] x = new double[network.inputs()];
          Arrays.setAll(x, i -> (float) (spread * random.nextGaussian()));
          double[] expected = run(environment, session, x);
          double[] actual = network.evaluate(x);
          assertEquals(expected.length, actual.length, "number of outputs");
          for (int i = 0; i < actual.length; i++) {
            assertEquals(
                expected[i],
                actual[i],
                TOLERANCE * Math.max(1, Math.abs(expected[i])),
                "output " + i + " at " + Arrays.toString(x));
          }
        }
      }
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refused the model", e);
    }
  }

  private static double[] run(OrtEnvironment environment, OrtSession session, double[] x)
      throws OrtException {
    NodeInfo input = session.getInputInfo().values().iterator().next();
    TensorInfo info = (TensorInfo) input.getInfo();
    long[] shape = Arrays.stream(info.getShape()).map(dim -> dim < 0 ? 1 : dim).toArray();
    boolean isDouble = info.type == OnnxJavaType.DOUBLE;
    float[] narrow = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      narrow[i] = (float) x[i];
    }
    try (OnnxTensor tensor =
            isDouble
                ? OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x), shape)
                : OnnxTensor.createTensor(environment, FloatBuffer.wrap(narrow), shape);
        OrtSession.Result result = session.run(Map.of(input.getName(), tensor))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      if (output.getInfo().type == OnnxJavaType.DOUBLE) {
        DoubleBuffer buffer = output.getDoubleBuffer();
        double[] y = new double[buffer.remaining()];
        buffer.get(y);
        return y;
      }
      FloatBuffer buffer = output.getFloatBuffer();
      double[] y = new double[buffer.remaining()];
      Arrays.setAll(y, i -> buffer.get());
      return y;
    }
  }
}
