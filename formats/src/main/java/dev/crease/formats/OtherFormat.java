package dev.crease.formats;

import dev.crease.formats.onnx.OnnxFile;
import dev.crease.formats.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Formats that networks come in and that are not read: what to do instead. They are told by the
 * extension, and by how the file begins where that is plain.
 */
enum OtherFormat {
  KERAS(
      "a Keras model",
      "export it with tf2onnx: python -m tf2onnx.convert --keras FILE --output net.onnx, or"
          + " model.export('net.onnx', format='onnx')",
      "keras",
      "h5",
      "hdf5"),
  PYTORCH(
      "a PyTorch checkpoint",
      "load it into its model and export that: torch.onnx.export(model, x, 'net.onnx')",
      "pt",
      "pth",
      "ckpt",
      "bin",
      "pkl",
      "pickle"),
  SAFETENSORS(
      "weights without their network (safetensors)",
      "load them into their model and export that: torch.onnx.export(model, x, 'net.onnx')",
      "safetensors"),
  NUMPY(
      "arrays of NumPy without their network",
      "write weights and biases as JSON, {\"layers\": [{\"weights\": [[...]], \"bias\": [...],"
          + " \"activation\": \"relu\"}]}, or build the network and export it as ONNX",
      "npz",
      "npy"),
  MATLAB("a MATLAB file", "export the network with exportONNXNetwork(net, 'net.onnx')", "mat"),
  TENSORFLOW(
      "a TensorFlow model",
      "export it with tf2onnx: python -m tf2onnx.convert --saved-model FOLDER --output net.onnx",
      "pb",
      "tflite",
      "meta"),
  SCIKIT(
      "a model of scikit-learn", "export it with skl2onnx: skl2onnx.to_onnx(model, x)", "joblib"),
  ORT("a model in ONNX Runtime's own format", "give the ONNX file that it was made from", "ort"),
  OPENVINO("a model of OpenVINO", "give the ONNX file that it was made from", "xml");

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};
  private static final byte[] NUMPY_ARRAY = {(byte) 0x93, 'N', 'U', 'M'};
  private static final byte[] MATLAB_TEXT = "MATLAB".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final String remedy;
  private final String[] extensions;

  OtherFormat(String name, String remedy, String... extensions) {
    this.name = name;
    this.remedy = remedy;
    this.extensions = extensions;
  }

  /**
   * Refuses a file of one of these formats.
   *
   * @param extension of its name, in small letters
   */
  static void refuse(SourceFile file, String extension, byte[] content) {
    Optional<OtherFormat> format = byStart(content);
    if (format.isEmpty() && !OnnxFile.looksLikeModel(content)) {
      format =
          Arrays.stream(values())
              .filter(other -> Arrays.asList(other.extensions).contains(extension))
              .findFirst();
    }
    if (format.isPresent()) {
      throw file.bad(
          "this is " + format.get().name + ", which is not read; " + format.get().remedy);
    }
  }

  private static Optional<OtherFormat> byStart(byte[] content) {
    if (startsWith(content, HDF5)) {
      return Optional.of(KERAS);
    }
    if (startsWith(content, NUMPY_ARRAY)) {
      return Optional.of(NUMPY);
    }
    return startsWith(content, MATLAB_TEXT) ? Optional.of(MATLAB) : Optional.empty();
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }
}
