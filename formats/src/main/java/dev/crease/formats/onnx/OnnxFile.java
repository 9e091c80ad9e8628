package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.crease.BadInput;
import dev.crease.formats.source.SourceFile;
import java.io.IOException;

/** The bytes of an ONNX file as a message. */
public final class OnnxFile {

  private static final int IR_VERSION_TAG = 0x08;

  private OnnxFile() {}

  /** Whether the content begins as serialised models do, with the version of the format. */
  public static boolean looksLikeModel(byte[] content) {
    return content.length > 1 && content[0] == IR_VERSION_TAG;
  }

  /**
   * The model that a file holds.
   *
   * @throws BadInput if it is cut short, damaged or something else
   */
  static ModelProto parse(SourceFile file, byte[] content) {
    ModelProto model;
    try {
      // The tensors' bytes stay where they are instead of being copied.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(content).newCodedInput();
      in.enableAliasing(true);
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new BadInput(notModel(file, content).getMessage(), e);
    }
    if (!model.hasGraph()) {
      throw notModel(file, content);
    }
    return model;
  }

  private static BadInput notModel(SourceFile file, byte[] content) {
    if (looksLikeModel(content)) {
      return file.bad("the ONNX model is cut short or damaged; copy or export it again");
    }
    boolean zip = content.length > 1 && content[0] == 'P' && content[1] == 'K';
    return file.bad(
        "this is not an ONNX model"
            + (zip ? " but a zip archive, such as a PyTorch checkpoint" : "")
            + "; export the network as ONNX, for instance with torch.onnx.export");
  }
}
