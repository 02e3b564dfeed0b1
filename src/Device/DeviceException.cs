namespace MesoLiMg.Device;

/// <summary>What a device could not do, in one complete line for people.</summary>
public class DeviceException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// The name of a device that is not there or cannot be used: bad input, to be answered with another name.
/// </summary>
public sealed class DeviceNameException(string message) : DeviceException(message);
