namespace MesoLiMg.Device;
public static class DeviceFactory { public static IDevice Open(string name, int threads) => new HostDevice(threads); }
