<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
    <context>
    <name>BackupSection</name>
    <message>
        <location filename="../backup_section.py" line="47" />
        <source>Backups</source>
        <translation>Sao lưu</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="48" />
        <source>Made by themselves while somebody is signed in, encrypted like everything here.</source>
        <translation>Tự động khi có người đăng nhập, mã hóa như mọi dữ liệu ở đây.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="52" />
        <source>Other places</source>
        <translation>Nơi sao lưu khác</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="54" />
        <source>Add this place</source>
        <translation>Thêm nơi này</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="55" />
        <source>Choose …</source>
        <translation>Chọn …</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="58" />
        <source>Another disk, a USB stick or a share: full path of a folder</source>
        <translation>Ổ đĩa khác, USB hoặc thư mục mạng: đường dẫn đầy đủ</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="66" />
        <source>Place for backups</source>
        <translation>Nơi sao lưu</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="94" />
        <source>No backup on this computer yet.</source>
        <translation>Chưa có bản sao lưu nào trên máy này.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="94" />
        <source>The first one is made in a minute.</source>
        <translation>Bản đầu tiên sẽ có trong khoảng một phút.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="97" />
        <source>Last backup on this computer: {moment}</source>
        <translation>Bản sao lưu gần nhất trên máy này: {moment}</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="99" />
        <source>When this disk breaks, it goes too. Add a place on another disk.</source>
        <translation>Hỏng ổ đĩa này là mất cả bản sao lưu. Hãy thêm một nơi trên ổ đĩa khác.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="111" />
        <source>nothing there yet</source>
        <translation>chưa có gì</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="113" />
        <source>last backup {moment}</source>
        <translation>bản gần nhất {moment}</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="123" />
        <source>The next backup goes there too.</source>
        <translation>Bản sao lưu tới sẽ được chép sang đó.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="128" />
        <source>No more backups to {folder}?</source>
        <translation>Thôi sao lưu sang {folder}?</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="129" />
        <source>Press Delete once more; what is there stays there.</source>
        <translation>Bấm Delete lần nữa để xác nhận; bản đã chép sang vẫn còn.</translation>
    </message>
    <message>
        <location filename="../backup_section.py" line="131" />
        <source>No more backups go there.</source>
        <translation>Không chép sao lưu sang đó nữa.</translation>
    </message>
</context><context>
    <name>ClerkForm</name>
    <message>
        <location filename="../clerk_form.py" line="35" />
        <source>Full name, as printed</source>
        <translation>Họ và tên, như in trên giấy</translation>
    </message>
    <message>
        <location filename="../clerk_form.py" line="36" />
        <source>Sign-in name, without accents</source>
        <translation>Tên đăng nhập, không dấu</translation>
    </message>
    <message>
        <location filename="../clerk_form.py" line="66" />
        <source>Somebody new</source>
        <translation>Cán bộ mới</translation>
    </message>
    <message>
        <location filename="../clerk_form.py" line="71" />
        <source>Password to begin with</source>
        <translation>Mật khẩu ban đầu</translation>
    </message>
    <message>
        <location filename="../clerk_form.py" line="71" />
        <source>New password, only if the old one is lost</source>
        <translation>Mật khẩu mới, chỉ khi quên mật khẩu cũ</translation>
    </message>
</context><context>
    <name>ClerkModel</name>
    <message>
        <location filename="../clerk_model.py" line="69" />
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <location filename="../clerk_model.py" line="70" />
        <source>Sign-in name</source>
        <translation>Tên đăng nhập</translation>
    </message>
    <message>
        <location filename="../clerk_model.py" line="71" />
        <source>Roles</source>
        <translation>Vai trò</translation>
    </message>
    <message>
        <location filename="../clerk_model.py" line="72" />
        <source>Drafts</source>
        <translation>Hồ sơ nháp</translation>
    </message>
    <message>
        <location filename="../clerk_model.py" line="95" />
        <source>revoked on {date}</source>
        <translation>thu hồi ngày {date}</translation>
    </message>
</context><context>
    <name>Desk</name>
    <message>
        <location filename="../application.py" line="124" />
        <source>The desk is set up.</source>
        <translation>Đã thiết lập quầy làm việc.</translation>
    </message>
    <message>
        <location filename="../application.py" line="125" />
        <source>Sign in with the password you have just chosen.</source>
        <translation>Đăng nhập bằng mật khẩu vừa đặt.</translation>
    </message>
    <message>
        <location filename="../application.py" line="145" />
        <source>The desk has its new identity.</source>
        <translation>Quầy đã có danh tính mới.</translation>
    </message>
    <message>
        <location filename="../application.py" line="146" />
        <source>Sign in to go on.</source>
        <translation>Đăng nhập để làm việc tiếp.</translation>
    </message>
    <message>
        <location filename="../application.py" line="179" />
        <source>The desk is locked.</source>
        <translation>Quầy đã khóa.</translation>
    </message>
    <message>
        <location filename="../application.py" line="179" />
        <source>Sign in to go on where you were.</source>
        <translation>Đăng nhập để làm tiếp phần đang dở.</translation>
    </message>
</context><context>
    <name>DossierModel</name>
    <message>
        <location filename="../dossier_model.py" line="100" />
        <source>Dossier code</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="101" />
        <source>Applicant</source>
        <translation>Chủ hồ sơ</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="102" />
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="103" />
        <source>Received</source>
        <translation>Tiếp nhận</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="104" />
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="105" />
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="106" />
        <source>Sending</source>
        <translation>Gửi lên cổng</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="136" />
        <source>(no name yet)</source>
        <translation>(chưa có tên)</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="138" />
        <source>(no procedure yet)</source>
        <translation>(chưa chọn thủ tục)</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="142" />
        <source>{pages} p.</source>
        <translation>{pages} trang</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="143" />
        <source>Draft</source>
        <translation>Hồ sơ nháp</translation>
    </message>
    <message>
        <location filename="../dossier_model.py" line="158" />
        <source>{papers} · {pages} p.</source>
        <translation>{papers} · {pages} trang</translation>
    </message>
</context><context>
    <name>DossierPage</name>
    <message>
        <location filename="../dossier_page.py" line="222" />
        <location filename="../dossier_page.py" line="63" />
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="189" />
        <source>The portal has it under {code}.</source>
        <translation>Cổng dịch vụ công đã nhận, mã {code}.</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="191" />
        <source>The portal did not take it.</source>
        <translation>Cổng dịch vụ công không nhận hồ sơ này.</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="193" />
        <source>The province has it and passes it on to the portal.</source>
        <translation>Đã đến máy chủ của tỉnh, đang chuyển lên cổng dịch vụ công.</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="195" />
        <source>It came from a former system and stays at this desk.</source>
        <translation>Hồ sơ của hệ thống cũ, chỉ lưu ở quầy này.</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="197" />
        <source>It is kept safe here and goes out by itself when there is a line.</source>
        <translation>Hồ sơ nằm an toàn trong máy và tự gửi khi có mạng.</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="234" />
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="235" />
        <source>Received</source>
        <translation>Tiếp nhận</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="236" />
        <source>Result due</source>
        <translation>Hẹn trả kết quả</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="237" />
        <source>Time by law</source>
        <translation>Thời hạn</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="238" />
        <source>Fee</source>
        <translation>Phí, lệ phí</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="239" />
        <source>Applicant</source>
        <translation>Chủ hồ sơ</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="240" />
        <source>Identification number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="241" />
        <source>Born</source>
        <translation>Ngày sinh</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="242" />
        <source>Residence</source>
        <translation>Nơi cư trú</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="243" />
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="249" />
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="251" />
        <source>Enter: show the paper large</source>
        <translation>Enter: xem giấy tờ khổ lớn</translation>
    </message>
    <message>
        <location filename="../dossier_page.py" line="252" />
        <source>History</source>
        <translation>Quá trình xử lý</translation>
    </message>
</context><context>
    <name>EnrolPage</name>
    <message>
        <location filename="../enrol_page.py" line="65" />
        <location filename="../enrol_page.py" line="57" />
        <source>Enrol this desk anew</source>
        <translation>Đăng ký lại quầy này</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="62" />
        <source>Choose …</source>
        <translation>Chọn …</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="67" />
        <source>This desk was restored or copied from another computer, or its key is lost. Everything in it is still there. Before work goes on it needs a new enrolment file from IT, so that no two desks bear one name.</source>
        <translation>Quầy này được khôi phục hoặc sao chép từ máy khác, hoặc đã mất khóa của máy trạm. Dữ liệu vẫn còn đủ. Để làm việc tiếp cần tệp đăng ký mới của bộ phận CNTT, vì hai quầy không được trùng danh tính.</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="87" />
        <location filename="../enrol_page.py" line="74" />
        <source>New enrolment file</source>
        <translation>Tệp đăng ký mới</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="75" />
        <source>Sign-in name of an IT admin</source>
        <translation>Tên đăng nhập của quản trị CNTT</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="76" />
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <location filename="../enrol_page.py" line="77" />
        <source>Enrol</source>
        <translation>Đăng ký</translation>
    </message>
</context><context>
    <name>FirstRunPage</name>
    <message>
        <location filename="../first_run_page.py" line="49" />
        <location filename="../first_run_page.py" line="38" />
        <source>Set this desk up</source>
        <translation>Thiết lập quầy làm việc</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="46" />
        <source>Choose …</source>
        <translation>Chọn …</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="50" />
        <source>Once for each computer. You need the enrolment file that IT handed out.</source>
        <translation>Chỉ làm một lần trên mỗi máy. Cần tệp đăng ký do bộ phận CNTT cấp.</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="68" />
        <location filename="../first_run_page.py" line="52" />
        <source>Enrolment file</source>
        <translation>Tệp đăng ký</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="53" />
        <source>Full name of the clerk, as printed on receipts</source>
        <translation>Họ và tên cán bộ, in trên giấy tiếp nhận</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="54" />
        <source>Sign-in name</source>
        <translation>Tên đăng nhập</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="55" />
        <source>Password, at least 8 characters</source>
        <translation>Mật khẩu, ít nhất 8 ký tự</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="56" />
        <source>The same password again</source>
        <translation>Nhập lại mật khẩu</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="57" />
        <source>Set up</source>
        <translation>Thiết lập</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="81" />
        <source>The two passwords are not the same.</source>
        <translation>Hai lần nhập mật khẩu không giống nhau.</translation>
    </message>
    <message>
        <location filename="../first_run_page.py" line="82" />
        <source>Type the password twice.</source>
        <translation>Nhập lại mật khẩu ở cả hai ô.</translation>
    </message>
</context><context>
    <name>HelpPage</name>
    <message>
        <location filename="../help_page.py" line="26" />
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="28" />
        <source>New dossier. Laying an identity card on the reader does the same.</source>
        <translation>Hồ sơ mới. Đặt thẻ căn cước lên đầu đọc cũng mở hồ sơ mới.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="29" />
        <source>Next field; Shift+Tab goes back.</source>
        <translation>Sang ô tiếp theo; Shift+Tab để quay lại.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="30" />
        <source>Procedure: type a few letters without accents, choose with the arrows and Enter.</source>
        <translation>Thủ tục: gõ vài chữ không cần dấu, chọn bằng phím mũi tên và Enter.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="31" />
        <source>Ask for one more paper: the program says whether the law allows it.</source>
        <translation>Muốn yêu cầu thêm giấy tờ: chương trình cho biết pháp luật có cho phép không.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="34" />
        <location filename="../help_page.py" line="32" />
        <source>Space</source>
        <translation>Phím cách</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="32" />
        <source>Check list: the paper was seen, it need not be scanned.</source>
        <translation>Danh sách giấy tờ: đánh dấu đã xem, không cần quét.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="33" />
        <source>Scan what lies in the feeder. Esc stops; what arrived is kept.</source>
        <translation>Quét giấy trong khay nạp. Esc để dừng; các trang đã quét được giữ lại.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="34" />
        <source>Papers: see the pages large; F5 there scans that page again.</source>
        <translation>Giấy tờ: xem trang cỡ lớn; khi đang xem, F5 quét lại đúng trang đó.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="35" />
        <source>Page: turn it right; Ctrl+Shift+R left, Ctrl+0 as scanned, Ctrl+Z undoes turns.</source>
        <translation>Trang: xoay phải; Ctrl+Shift+R xoay trái, Ctrl+0 như lúc quét, Ctrl+Z bỏ các lần xoay.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="36" />
        <source>Papers: give back what is not needed.</source>
        <translation>Giấy tờ: trả lại giấy không cần nộp.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="37" />
        <source>Sign all papers with the token; the PIN is asked for once.</source>
        <translation>Ký số mọi giấy tờ bằng thiết bị ký; chỉ hỏi mã PIN một lần.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="38" />
        <source>Save: number, receipt, next citizen.</source>
        <translation>Lưu: cấp mã hồ sơ, in giấy tiếp nhận, mời người tiếp theo.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="41" />
        <source>Find a dossier by name, code or number.</source>
        <translation>Tìm hồ sơ theo tên, mã hồ sơ hoặc số định danh.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="42" />
        <source>Print the receipt again.</source>
        <translation>In lại giấy tiếp nhận.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="43" />
        <source>Send now. It goes by itself when there is a line.</source>
        <translation>Gửi ngay. Khi có mạng, hồ sơ cũng tự gửi.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="44" />
        <source>The desk itself: your password, people, backups, settings.</source>
        <translation>Quản lý quầy: mật khẩu của bạn, cán bộ, sao lưu, cài đặt.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="45" />
        <source>Back. Nothing is lost: a draft stays in the list.</source>
        <translation>Quay lại. Không mất gì: hồ sơ nháp vẫn nằm trong danh sách.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="46" />
        <source>Sign out. When nobody is there for a while, the desk locks by itself.</source>
        <translation>Đăng xuất. Khi không có ai một lúc, quầy tự khóa.</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="50" />
        <source>Receiving a dossier</source>
        <translation>Tiếp nhận một hồ sơ</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="51" />
        <source>At any time</source>
        <translation>Bất cứ lúc nào</translation>
    </message>
    <message>
        <location filename="../help_page.py" line="55" />
        <source>Keys</source>
        <translation>Bàn phím</translation>
    </message>
</context><context>
    <name>HomePage</name>
    <message>
        <location filename="../home_page.py" line="98" />
        <location filename="../home_page.py" line="87" />
        <location filename="../home_page.py" line="77" />
        <source>Dossiers</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="82" />
        <source>F3: name, code, number, phone, or words on a page</source>
        <translation>F3: tên, mã, số định danh, điện thoại, chữ trên giấy tờ</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="83" />
        <source>Find a dossier</source>
        <translation>Tìm hồ sơ</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="171" />
        <source>{count} in the list</source>
        <translation>{count} hồ sơ trong danh sách</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="172" />
        <source>Press F2 to receive the first dossier</source>
        <translation>Bấm F2 để tiếp nhận hồ sơ đầu tiên</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="173" />
        <source>Or lay an identity card on the reader.</source>
        <translation>Hoặc đặt thẻ căn cước lên đầu đọc.</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="179" />
        <source>{count} found</source>
        <translation>Tìm thấy {count} hồ sơ</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="179" />
        <source>more than {count} found</source>
        <translation>Tìm thấy hơn {count} hồ sơ</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="182" />
        <source>with other accents</source>
        <translation>khác dấu</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="183" />
        <source>with a name that is much like it</source>
        <translation>tên gần giống</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="190" />
        <source>older dossiers are still being indexed</source>
        <translation>hồ sơ cũ đang được lập chỉ mục</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="192" />
        <source>Nothing is found</source>
        <translation>Không tìm thấy hồ sơ nào</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="193" />
        <source>Try fewer letters, or press Esc to see all dossiers.</source>
        <translation>Thử gõ ít chữ hơn, hoặc bấm Esc để xem tất cả hồ sơ.</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="221" />
        <source>Throw this draft away?</source>
        <translation>Bỏ hồ sơ nháp này?</translation>
    </message>
    <message>
        <location filename="../home_page.py" line="222" />
        <source>Press Delete once more to throw it away.</source>
        <translation>Bấm Delete lần nữa để bỏ.</translation>
    </message>
</context><context>
    <name>KeyBar</name>
    <message>
        <location filename="../key_bar.py" line="98" />
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="99" />
        <source>New dossier</source>
        <translation>Hồ sơ mới</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="100" />
        <source>Find</source>
        <translation>Tìm</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="101" />
        <source>Ask for more</source>
        <translation>Yêu cầu thêm</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="102" />
        <source>Scan</source>
        <translation>Quét</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="103" />
        <source>Print</source>
        <translation>In</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="104" />
        <source>Sign</source>
        <translation>Ký số</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="105" />
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="106" />
        <source>Desk</source>
        <translation>Quầy</translation>
    </message>
    <message>
        <location filename="../key_bar.py" line="107" />
        <source>Save, next</source>
        <translation>Lưu &amp; tiếp</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <location filename="../main_window.py" line="52" />
        <source>Sign out  Ctrl+L</source>
        <translation>Đăng xuất  Ctrl+L</translation>
    </message>
</context><context>
    <name>ManagementPage</name>
    <message>
        <location filename="../management_page.py" line="34" />
        <source>Desk</source>
        <translation>Quầy</translation>
    </message>
    <message>
        <location filename="../management_page.py" line="37" />
        <source>Sections</source>
        <translation>Các mục</translation>
    </message>
</context><context>
    <name>NoticeBar</name>
    <message>
        <location filename="../notice.py" line="126" />
        <location filename="../notice.py" line="66" />
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <location filename="../notice.py" line="124" />
        <source>Code: {code}</source>
        <translation>Mã: {code}</translation>
    </message>
    <message>
        <location filename="../notice.py" line="126" />
        <source>Close  Ctrl+D</source>
        <translation>Đóng  Ctrl+D</translation>
    </message>
</context><context>
    <name>PageWork</name>
    <message>
        <location filename="../page_work.py" line="91" />
        <source>Scan this page again</source>
        <translation>Quét lại trang này</translation>
    </message>
    <message>
        <location filename="../page_work.py" line="101" />
        <source>Stopping; the old page stays …</source>
        <translation>Đang dừng; trang cũ được giữ nguyên …</translation>
    </message>
    <message>
        <location filename="../page_work.py" line="112" />
        <source>Reading the page as it lies now …</source>
        <translation>Đang đọc lại trang theo chiều mới …</translation>
    </message>
    <message>
        <location filename="../page_work.py" line="126" />
        <source>Scanning this page again … Esc stops, the old page stays.</source>
        <translation>Đang quét lại trang này … Esc để dừng, trang cũ được giữ nguyên.</translation>
    </message>
    <message>
        <location filename="../page_work.py" line="146" />
        <source>The scanner took more than one sheet; only the first one was used.</source>
        <translation>Máy quét đã kéo nhiều hơn một tờ; chỉ tờ đầu được dùng.</translation>
    </message>
    <message>
        <location filename="../page_work.py" line="147" />
        <source>To scan one page again, put only that sheet into the scanner.</source>
        <translation>Khi quét lại một trang, chỉ đặt tờ đó vào máy quét.</translation>
    </message>
</context><context>
    <name>PaperList</name>
    <message>
        <location filename="../paper_list.py" line="45" />
        <source>Scanned papers</source>
        <translation>Giấy tờ đã quét</translation>
    </message>
</context><context>
    <name>PaperModel</name>
    <message>
        <location filename="../paper_model.py" line="189" />
        <source>Page {number}</source>
        <translation>Trang {number}</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="195" />
        <source>being read …</source>
        <translation>đang đọc …</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="196" />
        <source>read with {percent} % confidence</source>
        <translation>đọc được, độ tin cậy {percent} %</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="198" />
        <source>{pages} p.</source>
        <translation>{pages} trang</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="200" />
        <source>named by the clerk</source>
        <translation>cán bộ xác định</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="202" />
        <source>recognised {percent} %</source>
        <translation>nhận dạng {percent} %</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="207" />
        <source>Blank page</source>
        <translation>Trang trắng</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="213" />
        <source>Signed</source>
        <translation>Đã ký số</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="216" />
        <source>Matched</source>
        <translation>Khớp thành phần hồ sơ</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="216" />
        <source>Matched: {requirement}</source>
        <translation>Khớp: {requirement}</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="219" />
        <source>Not needed: give back</source>
        <translation>Không cần nộp – trả lại dân</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="221" />
        <source>Which paper is it?</source>
        <translation>Chưa rõ là giấy gì</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="223" />
        <source>{count} blank</source>
        <translation>{count} trang trắng</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="231" />
        <source>Scan p. {pages} again: {reason}</source>
        <translation>Quét lại trang {pages}: {reason}</translation>
    </message>
    <message>
        <location filename="../paper_model.py" line="231" />
        <source>Scan again: {reason}</source>
        <translation>Quét lại: {reason}</translation>
    </message>
</context><context>
    <name>PaperView</name>
    <message>
        <location filename="../paper_view.py" line="56" />
        <source>Paper</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="173" />
        <source>Page {number} of {count}</source>
        <translation>Trang {number} / {count}</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="228" />
        <source>Turn left</source>
        <translation>Xoay trái</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="229" />
        <source>Turn right</source>
        <translation>Xoay phải</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="230" />
        <source>As scanned</source>
        <translation>Như lúc quét</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="231" />
        <source>Undo turns</source>
        <translation>Bỏ xoay</translation>
    </message>
    <message>
        <location filename="../paper_view.py" line="260" />
        <source>← → turn the page · Esc back to the dossier</source>
        <translation>← → lật trang · Esc về hồ sơ</translation>
    </message>
</context><context>
    <name>PaperWork</name>
    <message>
        <location filename="../paper_work.py" line="56" />
        <source>Waiting for the PIN …</source>
        <translation>Chờ nhập mã PIN …</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="83" />
        <source>Scanning … Esc stops, what arrived is kept.</source>
        <translation>Đang quét … Esc để dừng, trang đã quét được giữ lại.</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="89" />
        <source>Reading the pages that were scanned before …</source>
        <translation>Đang đọc các trang đã quét từ trước …</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="96" />
        <source>Stopping; the pages that arrived are being read …</source>
        <translation>Đang dừng; đọc nốt các trang đã quét …</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="103" />
        <source>Looking for the token …</source>
        <translation>Đang tìm thiết bị ký số …</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="120" />
        <source>Take this paper out of the dossier?</source>
        <translation>Bỏ giấy tờ này khỏi hồ sơ?</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="121" />
        <source>Press Delete once more to take it out.</source>
        <translation>Bấm Delete lần nữa để bỏ.</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="130" />
        <source>Take this page out of the dossier?</source>
        <translation>Bỏ trang này khỏi hồ sơ?</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="131" />
        <source>Press Delete once more to take the page out.</source>
        <translation>Bấm Delete lần nữa để bỏ trang.</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="166" />
        <source>There are papers that this procedure does not ask for.</source>
        <translation>Có giấy tờ mà thủ tục này không yêu cầu.</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="167" />
        <source>Press Delete to give them back, or Enter to say which paper it is.</source>
        <translation>Bấm Delete để trả lại dân, hoặc Enter để xếp vào đúng mục.</translation>
    </message>
    <message>
        <location filename="../paper_work.py" line="197" />
        <source>Signed {done} of {total} …</source>
        <translation>Đã ký {done}/{total} …</translation>
    </message>
</context><context>
    <name>PapersPanel</name>
    <message>
        <location filename="../papers_panel.py" line="34" />
        <source>Put the papers into the feeder and press F5. Each page appears at once.</source>
        <translation>Đặt giấy tờ vào khay nạp rồi bấm F5. Quét đến đâu, trang hiện ra đến đó.</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="37" />
        <source>3. Papers</source>
        <translation>3. Giấy tờ</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="72" />
        <source>{papers} papers · {pages} pages</source>
        <translation>{papers} giấy tờ · {pages} trang</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="77" />
        <source>Bad scan: Space shows the page, F5 there scans it again</source>
        <translation>Ảnh xấu: bấm phím cách để xem trang, rồi F5 để quét lại trang đó</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="79" />
        <source>Space: see the pages large</source>
        <translation>Phím cách: xem trang cỡ lớn</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="81" />
        <source>Delete: give back what is not needed</source>
        <translation>Delete: trả lại giấy không cần nộp</translation>
    </message>
    <message>
        <location filename="../papers_panel.py" line="83" />
        <source>Enter: say which paper it is</source>
        <translation>Enter: xếp giấy tờ vào đúng mục</translation>
    </message>
</context><context>
    <name>PasswordSection</name>
    <message>
        <location filename="../password_section.py" line="23" />
        <source>My password</source>
        <translation>Mật khẩu của tôi</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="24" />
        <source>It opens this computer's data. At least 8 characters; a sentence of your own is best.</source>
        <translation>Mật khẩu mở dữ liệu trên máy này. Ít nhất 8 ký tự; tốt nhất là một câu của riêng bạn.</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="27" />
        <source>Password until now</source>
        <translation>Mật khẩu hiện tại</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="27" />
        <source>New password</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="27" />
        <source>The new password again</source>
        <translation>Nhập lại mật khẩu mới</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="30" />
        <source>Change the password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="47" />
        <source>The two passwords are not the same.</source>
        <translation>Hai lần nhập mật khẩu không giống nhau.</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="48" />
        <source>Type the new password twice.</source>
        <translation>Nhập mật khẩu mới hai lần.</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="60" />
        <source>The password is changed.</source>
        <translation>Đã đổi mật khẩu.</translation>
    </message>
    <message>
        <location filename="../password_section.py" line="61" />
        <source>Use the new one at the next sign-in.</source>
        <translation>Dùng mật khẩu mới từ lần đăng nhập sau.</translation>
    </message>
</context><context>
    <name>PeopleSection</name>
    <message>
        <location filename="../people_section.py" line="54" />
        <source>Who may sign in at this computer. Insert adds somebody, Enter changes, Delete twice revokes.</source>
        <translation>Những người được đăng nhập ở máy này. Insert: thêm; Enter: sửa; Delete hai lần: thu hồi.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="60" />
        <location filename="../people_section.py" line="55" />
        <source>People</source>
        <translation>Cán bộ</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="55" />
        <source>Who may sign in at this computer.</source>
        <translation>Những người được đăng nhập ở máy này.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="62" />
        <source>Somebody new  Insert</source>
        <translation>Thêm cán bộ  Insert</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="63" />
        <source>Take over the open drafts</source>
        <translation>Nhận làm tiếp hồ sơ nháp</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="109" />
        <source>Add this person</source>
        <translation>Thêm cán bộ này</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="109" />
        <source>Keep the changes</source>
        <translation>Lưu thay đổi</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="129" />
        <source>{name} can sign in now.</source>
        <translation>{name} đăng nhập được rồi.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="142" />
        <source>The changes are kept. Other roles count from the next sign-in.</source>
        <translation>Đã lưu thay đổi. Vai trò mới có hiệu lực từ lần đăng nhập sau.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="150" />
        <source>{name} shall not sign in any more?</source>
        <translation>Không cho {name} đăng nhập nữa?</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="151" />
        <source>Press Delete once more.</source>
        <translation>Bấm Delete lần nữa để xác nhận.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="158" />
        <source>{name} cannot sign in any more.</source>
        <translation>{name} không đăng nhập được nữa.</translation>
    </message>
    <message>
        <location filename="../people_section.py" line="169" />
        <source>The drafts are in your list now.</source>
        <translation>Các hồ sơ nháp đã ở trong danh sách của bạn.</translation>
    </message>
</context><context>
    <name>PersonPanel</name>
    <message>
        <location filename="../person_panel.py" line="58" />
        <source>dd/mm/yyyy</source>
        <translation>ngày/tháng/năm</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="65" />
        <source>Commune today</source>
        <translation>Xã, phường hiện nay</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="123" />
        <location filename="../person_panel.py" line="117" />
        <source>Today: {address}</source>
        <translation>Nay là: {address}</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="118" />
        <source>Changed by itself from {former}. Ask for no confirmation.</source>
        <translation>Tự chuyển đổi từ {former}. Không yêu cầu giấy xác nhận.</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="126" />
        <source>The former commune was divided. Choose the one of today.</source>
        <translation>Xã, phường cũ đã chia cho nhiều nơi. Chọn xã, phường hiện nay.</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="130" />
        <source>No commune is recognised in this address. It is kept as written.</source>
        <translation>Chưa nhận ra xã, phường trong địa chỉ. Địa chỉ được giữ như đã ghi.</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="169" />
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="170" />
        <source>Identification number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="171" />
        <source>Date of birth</source>
        <translation>Ngày sinh</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="172" />
        <source>Sex</source>
        <translation>Giới tính</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="173" />
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="174" />
        <source>Residence, as on the card</source>
        <translation>Nơi cư trú, ghi như trên thẻ</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="182" />
        <source>1. Applicant</source>
        <translation>1. Chủ hồ sơ</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="243" />
        <source>{count} digits; a card has 12</source>
        <translation>{count} chữ số; thẻ có 12</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="258" />
        <source>write dd/mm/yyyy</source>
        <translation>ghi ngày/tháng/năm</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="260" />
        <source>no such year of birth</source>
        <translation>năm sinh không đúng</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="281" />
        <source>choose …</source>
        <translation>chọn …</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="297" />
        <source>Look at the card again:</source>
        <translation>Xem lại thẻ:</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="300" />
        <source>Card issued on {day}</source>
        <translation>Thẻ cấp ngày {day}</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="301" />
        <source>Former number {number}</source>
        <translation>Số CMND cũ: {number}</translation>
    </message>
    <message>
        <location filename="../person_panel.py" line="303" />
        <source>Lay the identity card on the reader, or type.</source>
        <translation>Đặt thẻ căn cước lên đầu đọc, hoặc nhập tay.</translation>
    </message>
</context><context>
    <name>PinDialog</name>
    <message>
        <location filename="../pin_dialog.py" line="36" />
        <source>Sign</source>
        <translation>Ký số</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="42" />
        <source>Certificate</source>
        <translation>Chứng thư số</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="46" />
        <source>I am sure of the PIN; use the last try</source>
        <translation>Tôi chắc chắn về mã PIN; dùng lần thử cuối</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="49" />
        <source>Sign {count} papers</source>
        <translation>Ký {count} giấy tờ</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="94" />
        <source>Organisation</source>
        <translation>Đơn vị</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="95" />
        <source>Certificate number</source>
        <translation>Số chứng thư</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="96" />
        <source>Token</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="97" />
        <source>Valid until</source>
        <translation>Hiệu lực đến</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="102" />
        <source>PIN of the token</source>
        <translation>Mã PIN của thiết bị</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="130" />
        <source>The PIN is tried once.</source>
        <translation>Mã PIN chỉ được thử một lần.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="130" />
        <source>The program never tries it again.</source>
        <translation>Chương trình không bao giờ tự thử lại.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="132" />
        <source>A wrong PIN was entered before.</source>
        <translation>Đã có lần nhập sai mã PIN.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="133" />
        <source>Look twice: a few more and the token locks.</source>
        <translation>Nhập thật cẩn thận: sai thêm vài lần thiết bị sẽ bị khóa.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="137" />
        <source>This is the last try.</source>
        <translation>Đây là lần thử cuối.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="138" />
        <source>One more wrong PIN locks the token; only its issuer can unlock it.</source>
        <translation>Sai lần nữa thiết bị sẽ bị khóa; chỉ đơn vị cấp mới mở được.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="142" />
        <source>This token is locked.</source>
        <translation>Thiết bị này đã bị khóa.</translation>
    </message>
    <message>
        <location filename="../pin_dialog.py" line="143" />
        <source>Only its issuer can unlock it. The papers wait for a signature.</source>
        <translation>Chỉ đơn vị cấp mới mở được. Giấy tờ được giữ ở trạng thái chờ ký.</translation>
    </message>
</context><context>
    <name>ProcedureBox</name>
    <message>
        <location filename="../procedure_box.py" line="46" />
        <source>Procedure: type its name, accents may be left out, or its code</source>
        <translation>Thủ tục: gõ tên không cần dấu, hoặc mã</translation>
    </message>
    <message>
        <location filename="../procedure_box.py" line="58" />
        <source>Suggested procedures</source>
        <translation>Thủ tục gợi ý</translation>
    </message>
</context><context>
    <name>ProcedurePanel</name>
    <message>
        <location filename="../procedure_panel.py" line="54" />
        <source>e.g. khai sinh, 1.001193</source>
        <translation>ví dụ: khai sinh, 1.001193</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="65" />
        <source>dd/mm/yyyy</source>
        <translation>ngày/tháng/năm</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="69" />
        <source>Type a few letters of the procedure. The papers that the law asks for appear here.</source>
        <translation>Gõ vài chữ của tên thủ tục. Các giấy tờ phải nộp theo quy định sẽ hiện ở đây.</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="104" />
        <source>not stated by law</source>
        <translation>không quy định</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="107" />
        <source>name a day</source>
        <translation>chọn ngày</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="145" />
        <source>Time by law</source>
        <translation>Thời hạn</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="146" />
        <source>Fee</source>
        <translation>Phí, lệ phí</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="147" />
        <source>Result due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="156" />
        <source>Day promised to the citizen</source>
        <translation>Ngày hẹn với người dân</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="161" />
        <source>Name, without accents too, or code</source>
        <translation>Tên (không cần dấu) hoặc mã</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="162" />
        <source>Sets</source>
        <translation>Số bộ</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="171" />
        <source>2. Procedure</source>
        <translation>2. Thủ tục</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="203" />
        <source>not certain</source>
        <translation>chưa chắc</translation>
    </message>
</context><context>
    <name>ReceiptBar</name>
    <message>
        <location filename="../receipt_bar.py" line="37" />
        <source>File for the receipt</source>
        <translation>Tệp giấy tiếp nhận</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="38" />
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="38" />
        <source>Elsewhere …</source>
        <translation>Nơi khác …</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="48" />
        <source>There is no printer. Where shall the receipt be saved? Enter saves, Esc does not.</source>
        <translation>Không thấy máy in. Lưu giấy tiếp nhận vào đâu? Enter để lưu, Esc để thôi.</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="92" />
        <source>Save the receipt</source>
        <translation>Lưu giấy tiếp nhận</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="101" />
        <source>The receipt was sent to {printer}.</source>
        <translation>Đã gửi giấy tiếp nhận đến máy in {printer}.</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="105" />
        <source>{printer} did not print the receipt.</source>
        <translation>Máy in {printer} không in được giấy tiếp nhận.</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="106" />
        <source>Look after the printer, then press F6 to print again.</source>
        <translation>Kiểm tra máy in, rồi bấm F6 để in lại.</translation>
    </message>
    <message>
        <location filename="../receipt_bar.py" line="111" />
        <source>The receipt is saved: {path}</source>
        <translation>Đã lưu giấy tiếp nhận: {path}</translation>
    </message>
</context><context>
    <name>ReceivedPage</name>
    <message>
        <location filename="../received_page.py" line="40" />
        <source>Dossier received</source>
        <translation>Hồ sơ đã tiếp nhận</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="49" />
        <source>Received</source>
        <translation>Đã tiếp nhận</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="54" />
        <source>Applicant</source>
        <translation>Chủ hồ sơ</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="54" />
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="54" />
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="68" />
        <source>Result due</source>
        <translation>Hẹn trả kết quả</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="74" />
        <source>Enter or F12: the next dossier · F6: print again · Esc: to the list</source>
        <translation>Enter hoặc F12: hồ sơ tiếp theo · F6: in lại · Esc: về danh sách</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="94" />
        <source>{papers} papers, {pages} pages</source>
        <translation>{papers} giấy tờ, {pages} trang</translation>
    </message>
    <message>
        <location filename="../received_page.py" line="132" />
        <source>Next dossier</source>
        <translation>Hồ sơ tiếp</translation>
    </message>
</context><context>
    <name>ReceptionPage</name>
    <message>
        <location filename="../reception_page.py" line="59" />
        <source>Receive a dossier</source>
        <translation>Tiếp nhận hồ sơ</translation>
    </message>
    <message>
        <location filename="../reception_page.py" line="217" />
        <source>This is the card of another person.</source>
        <translation>Đây là thẻ của người khác.</translation>
    </message>
    <message>
        <location filename="../reception_page.py" line="218" />
        <source>Lay it on the reader once more to put this person into the form.</source>
        <translation>Đặt thẻ lên đầu đọc lần nữa để thay bằng người này.</translation>
    </message>
    <message>
        <location filename="../reception_page.py" line="282" />
        <source>{count} papers are not signed yet.</source>
        <translation>Còn {count} giấy tờ chưa ký số.</translation>
    </message>
    <message>
        <location filename="../reception_page.py" line="283" />
        <source>Press F8 to sign, or F12 once more to save without a signature.</source>
        <translation>Bấm F8 để ký, hoặc F12 lần nữa để lưu khi chưa ký.</translation>
    </message>
    <message>
        <location filename="../reception_page.py" line="319" />
        <source>needed</source>
        <translation>cần điền</translation>
    </message>
</context><context>
    <name>RecoverySection</name>
    <message>
        <location filename="../recovery_section.py" line="32" />
        <source>Recovery sheet</source>
        <translation>Phiếu khôi phục</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="33" />
        <source>Opens this computer's data when every password is lost. It is printed once and belongs into the safe of the centre; an older sheet opens nothing any more.</source>
        <translation>Mở được dữ liệu trên máy này khi quên hết mật khẩu. In một lần và cất vào két của Trung tâm; phiếu cũ không còn mở được gì.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="38" />
        <source>Make a new sheet and print it</source>
        <translation>Lập phiếu mới và in</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="45" />
        <source>The sheet that lies in the safe now will open nothing any more.</source>
        <translation>Phiếu đang cất trong két sẽ không còn mở được gì.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="46" />
        <source>Press the button once more to make a new one.</source>
        <translation>Bấm nút lần nữa để lập phiếu mới.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="67" />
        <source>There is no printer, so nothing was changed.</source>
        <translation>Không có máy in nên chưa thay đổi gì.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="68" />
        <source>Connect a printer, or let IT make the sheet: ./motcua admin keys recovery-sheet.</source>
        <translation>Nối máy in, hoặc nhờ bộ phận CNTT lập phiếu: ./motcua admin keys recovery-sheet.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="72" />
        <source>{printer} did not print sheet {number}, and the older sheet opens nothing any more.</source>
        <translation>Máy in {printer} không in được phiếu {number}, còn phiếu cũ thì không mở được gì nữa.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="73" />
        <source>Look after the printer, then make another sheet.</source>
        <translation>Kiểm tra máy in, rồi lập phiếu khác.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="76" />
        <source>Sheet {number} was sent to {printer}.</source>
        <translation>Đã gửi phiếu {number} tới {printer}.</translation>
    </message>
    <message>
        <location filename="../recovery_section.py" line="77" />
        <source>Put it into the safe and destroy the older one.</source>
        <translation>Cất phiếu vào két và hủy phiếu cũ.</translation>
    </message>
</context><context>
    <name>RequirementList</name>
    <message>
        <location filename="../requirement_list.py" line="128" />
        <source>Papers that the procedure asks for</source>
        <translation>Thành phần hồ sơ theo quy định</translation>
    </message>
</context><context>
    <name>RequirementModel</name>
    <message>
        <location filename="../requirement_list.py" line="96" />
        <source>Seen</source>
        <translation>Đã xem</translation>
    </message>
    <message>
        <location filename="../requirement_list.py" line="104" />
        <source>originals: {count}</source>
        <translation>bản chính: {count}</translation>
    </message>
    <message>
        <location filename="../requirement_list.py" line="106" />
        <source>copies: {count}</source>
        <translation>bản sao: {count}</translation>
    </message>
    <message>
        <location filename="../requirement_list.py" line="108" />
        <source>shown and given back</source>
        <translation>xuất trình rồi trả lại</translation>
    </message>
</context><context>
    <name>SettingsSection</name>
    <message>
        <location filename="../settings_section.py" line="31" />
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="32" />
        <source>For this computer. They count from the next sign-in.</source>
        <translation>Của máy này. Có hiệu lực từ lần đăng nhập sau.</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="35" />
        <source>Lock the desk after so many minutes without a key ({lowest}–{highest})</source>
        <translation>Tự khóa quầy sau số phút không có thao tác ({lowest}–{highest})</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="36" />
        <source>Minutes between two backups ({lowest}–{highest})</source>
        <translation>Số phút giữa hai lần sao lưu ({lowest}–{highest})</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="37" />
        <source>Days that sent scans stay on this computer ({lowest}–{highest})</source>
        <translation>Số ngày giữ bản quét đã gửi trên máy này ({lowest}–{highest})</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="38" />
        <source>Days that the scans of a dropped draft are kept ({lowest}–{highest})</source>
        <translation>Số ngày giữ bản quét của hồ sơ nháp đã bỏ ({lowest}–{highest})</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="47" />
        <source>Keep these settings</source>
        <translation>Lưu cài đặt</translation>
    </message>
    <message>
        <location filename="../settings_section.py" line="70" />
        <source>The settings are kept.</source>
        <translation>Đã lưu các cài đặt.</translation>
    </message>
</context><context>
    <name>Shift</name>
    <message>
        <location filename="../shift.py" line="244" />
        <source>Scanner or token are still at work.</source>
        <translation>Máy quét hoặc thiết bị ký số còn đang làm việc.</translation>
    </message>
    <message>
        <location filename="../shift.py" line="281" />
        <source>This dossier was on the screen when the program ended.</source>
        <translation>Hồ sơ này đang mở khi chương trình bị tắt.</translation>
    </message>
    <message>
        <location filename="../shift.py" line="282" />
        <source>Nothing is lost; go on where you were.</source>
        <translation>Không mất gì; làm tiếp từ chỗ đang dở.</translation>
    </message>
    <message>
        <location filename="../shift.py" line="314" />
        <source>Draft kept at {time}</source>
        <translation>Đã lưu nháp lúc {time}</translation>
    </message>
    <message>
        <location filename="../shift.py" line="320" />
        <source>Nobody is here? The desk locks in {seconds} seconds.</source>
        <translation>Không có ai ở quầy? Quầy sẽ khóa sau {seconds} giây.</translation>
    </message>
    <message>
        <location filename="../shift.py" line="322" />
        <source>Press any key to go on; nothing that was typed is lost.</source>
        <translation>Bấm một phím bất kỳ để làm tiếp; nội dung đã nhập không bị mất.</translation>
    </message>
</context><context>
    <name>SignInPage</name>
    <message>
        <location filename="../sign_in_page.py" line="58" />
        <location filename="../sign_in_page.py" line="53" />
        <location filename="../sign_in_page.py" line="45" />
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="54" />
        <source>Works without a network. What was typed before is still there.</source>
        <translation>Làm việc được cả khi mất mạng. Những gì nhập dở vẫn còn.</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="56" />
        <source>Sign-in name</source>
        <translation>Tên đăng nhập</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="57" />
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="96" />
        <source>Keeping a copy of the data of the earlier program: {percent} %</source>
        <translation>Đang sao lưu dữ liệu của phiên bản trước: {percent} %</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="97" />
        <source>Checking the copy: {percent} %</source>
        <translation>Đang kiểm tra bản sao: {percent} %</translation>
    </message>
    <message>
        <location filename="../sign_in_page.py" line="98" />
        <source>Bringing the data up to date …</source>
        <translation>Đang cập nhật dữ liệu …</translation>
    </message>
</context><context>
    <name>StatusStrip</name>
    <message>
        <location filename="../status_strip.py" line="54" />
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="57" />
        <source>Looking for a line</source>
        <translation>Đang tìm đường truyền</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="60" />
        <source>Offline, work goes on</source>
        <translation>Ngoại tuyến, vẫn làm việc bình thường</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="63" />
        <source>Nothing is being sent</source>
        <translation>Chưa gửi</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="66" />
        <source>Sending needs help</source>
        <translation>Việc gửi cần hỗ trợ</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="81" />
        <source>{count} operations wait to be sent, the oldest for {age}</source>
        <translation>{count} thao tác chờ gửi, lâu nhất {age}</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="85" />
        <source>{count} scans are still on their way</source>
        <translation>{count} tệp quét đang gửi</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="88" />
        <source>Everything is sent</source>
        <translation>Đã gửi hết</translation>
    </message>
    <message>
        <location filename="../status_strip.py" line="93" />
        <source>{count} operations were refused; call IT</source>
        <translation>{count} thao tác bị từ chối; gọi bộ phận CNTT</translation>
    </message>
</context><context>
    <name>Wash</name>
    <message>
        <location filename="../wash.py" line="46" />
        <source>Code: {code}</source>
        <translation>Mã: {code}</translation>
    </message>
</context><context>
    <name>Words</name>
    <message>
        <location filename="../words.py" line="47" />
        <source>Waiting to be sent</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <location filename="../words.py" line="48" />
        <source>At the gateway</source>
        <translation>Đã đến tỉnh</translation>
    </message>
    <message>
        <location filename="../words.py" line="49" />
        <source>Accepted by the portal</source>
        <translation>Cổng đã nhận</translation>
    </message>
    <message>
        <location filename="../words.py" line="50" />
        <source>Rejected by the portal</source>
        <translation>Cổng không nhận</translation>
    </message>
    <message>
        <location filename="../words.py" line="51" />
        <source>Of a former system</source>
        <translation>Của hệ thống cũ</translation>
    </message>
    <message>
        <location filename="../words.py" line="58" />
        <source>blurred</source>
        <translation>mờ</translation>
    </message>
    <message>
        <location filename="../words.py" line="59" />
        <source>too dark</source>
        <translation>quá tối</translation>
    </message>
    <message>
        <location filename="../words.py" line="60" />
        <source>too pale</source>
        <translation>quá nhạt</translation>
    </message>
    <message>
        <location filename="../words.py" line="61" />
        <source>cut off</source>
        <translation>cụt mép</translation>
    </message>
    <message>
        <location filename="../words.py" line="62" />
        <source>too coarse</source>
        <translation>nét thô</translation>
    </message>
    <message>
        <location filename="../words.py" line="69" />
        <source>This page had better be scanned again: {reasons}.</source>
        <translation>Nên quét lại trang này: {reasons}.</translation>
    </message>
    <message>
        <location filename="../words.py" line="75" />
        <source>Wipe the glass, smooth the sheet, and press F5 to scan this page again.</source>
        <translation>Lau mặt kính, vuốt phẳng tờ giấy rồi bấm F5 để quét lại trang này.</translation>
    </message>
    <message>
        <location filename="../words.py" line="76" />
        <source>Lay the sheet flat, close the lid, and press F5 to scan this page again.</source>
        <translation>Đặt tờ giấy nằm phẳng, đậy nắp máy rồi bấm F5 để quét lại trang này.</translation>
    </message>
    <message>
        <location filename="../words.py" line="77" />
        <source>If there is a clearer copy, put that in and press F5 to scan it again.</source>
        <translation>Nếu có bản rõ hơn, đặt bản đó vào máy quét rồi bấm F5 để quét lại.</translation>
    </message>
    <message>
        <location filename="../words.py" line="78" />
        <source>Put the sheet in straight, with all its edges, and press F5 to scan it again.</source>
        <translation>Đặt tờ giấy ngay ngắn, đủ bốn mép rồi bấm F5 để quét lại trang này.</translation>
    </message>
    <message>
        <location filename="../words.py" line="79" />
        <source>Put in the paper itself, not a small picture of it, and press F5.</source>
        <translation>Đặt chính tờ giấy vào máy quét, không dùng ảnh thu nhỏ, rồi bấm F5.</translation>
    </message>
    <message>
        <location filename="../words.py" line="91" />
        <source>There</source>
        <translation>Đã có</translation>
    </message>
    <message>
        <location filename="../words.py" line="92" />
        <source>Missing</source>
        <translation>Còn thiếu</translation>
    </message>
    <message>
        <location filename="../words.py" line="93" />
        <source>One of these</source>
        <translation>Cần một trong số này</translation>
    </message>
    <message>
        <location filename="../words.py" line="94" />
        <source>Not needed any more</source>
        <translation>Đã có giấy thay thế</translation>
    </message>
    <message>
        <location filename="../words.py" line="95" />
        <source>Only in that case</source>
        <translation>Tùy trường hợp</translation>
    </message>
    <message>
        <location filename="../words.py" line="96" />
        <source>To be shown</source>
        <translation>Xuất trình</translation>
    </message>
    <message>
        <location filename="../words.py" line="97" />
        <source>To be looked up by the office</source>
        <translation>Cơ quan tự khai thác</translation>
    </message>
    <message>
        <location filename="../words.py" line="98" />
        <source>Looked up</source>
        <translation>Đã khai thác</translation>
    </message>
    <message>
        <location filename="../words.py" line="105" />
        <source>Registered online</source>
        <translation>Mới đăng ký</translation>
    </message>
    <message>
        <location filename="../words.py" line="106" />
        <source>Received</source>
        <translation>Đã tiếp nhận</translation>
    </message>
    <message>
        <location filename="../words.py" line="107" />
        <source>Not accepted</source>
        <translation>Không được tiếp nhận</translation>
    </message>
    <message>
        <location filename="../words.py" line="108" />
        <source>Being processed</source>
        <translation>Đang xử lý</translation>
    </message>
    <message>
        <location filename="../words.py" line="109" />
        <source>Papers requested</source>
        <translation>Yêu cầu bổ sung</translation>
    </message>
    <message>
        <location filename="../words.py" line="110" />
        <source>Payment requested</source>
        <translation>Chờ nộp phí</translation>
    </message>
    <message>
        <location filename="../words.py" line="111" />
        <source>Withdrawal requested</source>
        <translation>Yêu cầu rút</translation>
    </message>
    <message>
        <location filename="../words.py" line="112" />
        <source>Stopped</source>
        <translation>Dừng xử lý</translation>
    </message>
    <message>
        <location filename="../words.py" line="113" />
        <source>Finished</source>
        <translation>Đã xử lý xong</translation>
    </message>
    <message>
        <location filename="../words.py" line="114" />
        <source>Result returned</source>
        <translation>Đã trả kết quả</translation>
    </message>
    <message>
        <location filename="../words.py" line="121" />
        <source>Received at the counter</source>
        <translation>Tiếp nhận tại quầy</translation>
    </message>
    <message>
        <location filename="../words.py" line="122" />
        <source>State changed</source>
        <translation>Đổi trạng thái</translation>
    </message>
    <message>
        <location filename="../words.py" line="123" />
        <source>The portal answered</source>
        <translation>Cổng dịch vụ công trả lời</translation>
    </message>
    <message>
        <location filename="../words.py" line="130" />
        <source>Clerk</source>
        <translation>Người tiếp nhận</translation>
    </message>
    <message>
        <location filename="../words.py" line="131" />
        <source>Signer</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <location filename="../words.py" line="132" />
        <source>Supervisor</source>
        <translation>Người phụ trách</translation>
    </message>
    <message>
        <location filename="../words.py" line="133" />
        <source>IT admin</source>
        <translation>Quản trị CNTT</translation>
    </message>
    <message>
        <location filename="../words.py" line="146" />
        <source>Male</source>
        <translation>Nam</translation>
    </message>
    <message>
        <location filename="../words.py" line="146" />
        <source>Female</source>
        <translation>Nữ</translation>
    </message>
    <message>
        <location filename="../words.py" line="152" />
        <source>at the counter</source>
        <translation>trực tiếp</translation>
    </message>
    <message>
        <location filename="../words.py" line="153" />
        <source>online</source>
        <translation>trực tuyến</translation>
    </message>
    <message>
        <location filename="../words.py" line="154" />
        <source>by post</source>
        <translation>bưu chính công ích</translation>
    </message>
    <message>
        <location filename="../words.py" line="161" />
        <source>original</source>
        <translation>bản chính</translation>
    </message>
    <message>
        <location filename="../words.py" line="162" />
        <source>certified copy</source>
        <translation>bản chứng thực</translation>
    </message>
    <message>
        <location filename="../words.py" line="163" />
        <source>photocopy</source>
        <translation>bản photo</translation>
    </message>
    <message>
        <location filename="../words.py" line="170" />
        <source>The number names a province that does not exist.</source>
        <translation>Số định danh có mã tỉnh không tồn tại.</translation>
    </message>
    <message>
        <location filename="../words.py" line="171" />
        <source>The number does not fit the sex on the card.</source>
        <translation>Số định danh không khớp giới tính.</translation>
    </message>
    <message>
        <location filename="../words.py" line="172" />
        <source>The number does not fit the year of birth.</source>
        <translation>Số định danh không khớp năm sinh.</translation>
    </message>
    <message>
        <location filename="../words.py" line="173" />
        <source>The card was issued before the date of birth.</source>
        <translation>Ngày cấp thẻ trước ngày sinh.</translation>
    </message>
    <message>
        <location filename="../words.py" line="174" />
        <source>The card does not tell its date of issue.</source>
        <translation>Thẻ không ghi ngày cấp.</translation>
    </message>
    <message>
        <location filename="../words.py" line="175" />
        <source>The card does not tell the address.</source>
        <translation>Mã QR không có nơi cư trú.</translation>
    </message>
    <message>
        <location filename="../words.py" line="176" />
        <source>The name may be mistyped; compare it with the card.</source>
        <translation>Họ tên có thể bị gõ sai; đối chiếu với thẻ.</translation>
    </message>
    <message>
        <location filename="../words.py" line="177" />
        <source>The input method may have changed the address.</source>
        <translation>Bộ gõ có thể đã làm sai địa chỉ; đối chiếu với thẻ.</translation>
    </message>
    <message>
        <location filename="../words.py" line="178" />
        <source>Keystrokes became accents; compare with the card.</source>
        <translation>Đã chuyển phím gõ thành dấu; đối chiếu với thẻ.</translation>
    </message>
    <message>
        <location filename="../words.py" line="179" />
        <source>The reader dropped the accents; type name and address.</source>
        <translation>Máy quét làm mất dấu; nhập lại họ tên, địa chỉ theo thẻ.</translation>
    </message>
    <message>
        <location filename="../words.py" line="186" />
        <source>not stated</source>
        <translation>không ghi</translation>
    </message>
    <message>
        <location filename="../words.py" line="194" />
        <source>Free of charge</source>
        <translation>Miễn phí</translation>
    </message>
    <message>
        <location filename="../words.py" line="195" />
        <source>{amount} đồng</source>
        <translation>{amount} đồng</translation>
    </message>
    <message>
        <location filename="../words.py" line="220" />
        <source>less than a minute</source>
        <translation>chưa đến 1 phút</translation>
    </message>
    <message>
        <location filename="../words.py" line="222" />
        <source>{count} min</source>
        <translation>{count} phút</translation>
    </message>
    <message>
        <location filename="../words.py" line="224" />
        <source>{count} h</source>
        <translation>{count} giờ</translation>
    </message>
    <message>
        <location filename="../words.py" line="225" />
        <source>{count} d</source>
        <translation>{count} ngày</translation>
    </message>
</context><context>
    <name>_DemandForm</name>
    <message>
        <location filename="../procedure_panel.py" line="232" />
        <source>Paper to ask for besides the list</source>
        <translation>Giấy tờ muốn yêu cầu thêm</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="233" />
        <source>Law that asks for it</source>
        <translation>Căn cứ pháp lý</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="261" />
        <source>This may not be asked for.</source>
        <translation>Không được yêu cầu giấy tờ này.</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="263" />
        <source>On the law named: {law}. It goes to the supervisor's list.</source>
        <translation>Theo căn cứ đã nêu: {law}. Yêu cầu được đưa vào danh sách của người phụ trách.</translation>
    </message>
    <message>
        <location filename="../procedure_panel.py" line="266" />
        <location filename="../procedure_panel.py" line="264" />
        <source>This may be asked for.</source>
        <translation>Được yêu cầu giấy tờ này.</translation>
    </message>
</context><context>
    <name>_Preview</name>
    <message>
        <location filename="../received_page.py" line="162" />
        <source>Picture of the receipt</source>
        <translation>Hình giấy tiếp nhận</translation>
    </message>
</context></TS>
